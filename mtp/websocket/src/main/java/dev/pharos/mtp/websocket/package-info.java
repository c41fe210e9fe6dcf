// SPDX-License-Identifier: Apache-2.0
/// The WebSocket transport of USP in both roles (TR-369, section "WebSocket Binding"). One USP Record is one
/// binary message.
///
/// Event-loop threads never leave this package except to call the [dev.pharos.mtp.MtpReceiver], which must
/// not wait.
@NullMarked
package dev.pharos.mtp.websocket;

import org.jspecify.annotations.NullMarked;
