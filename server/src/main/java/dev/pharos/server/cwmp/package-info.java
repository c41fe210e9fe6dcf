// SPDX-License-Identifier: Apache-2.0
/// The ACS's listener: sessions of TR-069 over HTTP(S).
@NullMarked
package dev.pharos.server.cwmp;

import org.jspecify.annotations.NullMarked;
