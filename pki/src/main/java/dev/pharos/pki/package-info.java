// SPDX-License-Identifier: Apache-2.0
/// A certificate authority for development and for tests: keys, certificates that carry Endpoint IDs as TR-369
/// wants them, revocation lists, and the folder that holds them. It opens no connection.
@NullMarked
package dev.pharos.pki;

import org.jspecify.annotations.NullMarked;
