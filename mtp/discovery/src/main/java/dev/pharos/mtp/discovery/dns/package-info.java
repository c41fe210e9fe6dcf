// SPDX-License-Identifier: Apache-2.0
/// DNS-SD over unicast DNS and over mDNS: looking for services, and announcing our own.
@NullMarked
package dev.pharos.mtp.discovery.dns;

import org.jspecify.annotations.NullMarked;
