// SPDX-License-Identifier: Apache-2.0
/// Calls through a NAT (TR-069 Annex G): the messages by which a device learns its address outside, and the datagram
/// that calls it there.
@NullMarked
package dev.pharos.cwmp.udp;

import org.jspecify.annotations.NullMarked;
