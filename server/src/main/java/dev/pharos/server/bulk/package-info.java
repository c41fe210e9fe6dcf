// SPDX-License-Identifier: Apache-2.0
/// The collector of bulk data: reads the reports that devices make by themselves.
@NullMarked
package dev.pharos.server.bulk;

import org.jspecify.annotations.NullMarked;
