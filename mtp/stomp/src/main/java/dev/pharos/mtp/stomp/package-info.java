// SPDX-License-Identifier: Apache-2.0
/// The STOMP transport of USP in both roles (TR-369, section "STOMP Binding"), for STOMP 1.2. One USP Record is
/// the body of one frame; a connection is the pair of our session at the broker and one peer's destination.
@NullMarked
package dev.pharos.mtp.stomp;

import org.jspecify.annotations.NullMarked;
