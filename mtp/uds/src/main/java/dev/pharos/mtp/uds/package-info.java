// SPDX-License-Identifier: Apache-2.0
/// The UNIX domain socket transport of USP in both roles (TR-369, section "UNIX Domain Socket Binding"), and the
/// smallest
/// example of how a transport is written: [dev.pharos.mtp.uds.UdsServerMtp] and [dev.pharos.mtp.uds.UdsClientMtp] make
/// channels, [dev.pharos.mtp.uds.UdsConnection] is what both have in common, [dev.pharos.mtp.uds.FrameDecoder] cuts the
/// stream into frames.
///
/// Event-loop threads never leave this package except to call the [dev.pharos.mtp.MtpReceiver], which must
/// not wait.
@NullMarked
package dev.pharos.mtp.uds;

import org.jspecify.annotations.NullMarked;
