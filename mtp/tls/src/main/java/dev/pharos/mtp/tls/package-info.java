// SPDX-License-Identifier: Apache-2.0
/// TLS for every transport that runs over TCP: keys and trust from PEM files that are read anew when they
/// change, certificates judged by the rules of TR-369, refusals in words. It knows no transport.
@NullMarked
package dev.pharos.mtp.tls;

import org.jspecify.annotations.NullMarked;
