// SPDX-License-Identifier: Apache-2.0
/// What an endpoint announces of its own transports.
@NullMarked
package dev.pharos.mtp.discovery.announce;

import org.jspecify.annotations.NullMarked;
