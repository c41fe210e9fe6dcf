// SPDX-License-Identifier: Apache-2.0
/// DHCP options that name a controller or a gateway: read from leases and packets, and written.
@NullMarked
package dev.pharos.mtp.discovery.dhcp;

import org.jspecify.annotations.NullMarked;
