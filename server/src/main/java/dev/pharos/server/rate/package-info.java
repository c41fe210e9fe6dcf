// SPDX-License-Identifier: Apache-2.0
/// How often the REST interface may be asked: see docs/rate-limits.md.
@NullMarked
package dev.pharos.server.rate;

import org.jspecify.annotations.NullMarked;
