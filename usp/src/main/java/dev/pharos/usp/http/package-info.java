// SPDX-License-Identifier: Apache-2.0
/// Logins of HTTP, which reports, files and TR-069 have in common.
@NullMarked
package dev.pharos.usp.http;

import org.jspecify.annotations.NullMarked;
