// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.mtp.discovery.dns;

import org.jspecify.annotations.NullMarked;
