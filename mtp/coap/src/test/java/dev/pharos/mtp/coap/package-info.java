// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.mtp.coap;

import org.jspecify.annotations.NullMarked;
