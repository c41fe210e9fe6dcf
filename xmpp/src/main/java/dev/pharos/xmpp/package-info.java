// SPDX-License-Identifier: Apache-2.0
/// Connection requests of TR-069 over XMPP (Annex K), both roles: an ACS and a device are clients of a server that both
/// reach, through whatever NAT.
@NullMarked
package dev.pharos.xmpp;

import org.jspecify.annotations.NullMarked;
