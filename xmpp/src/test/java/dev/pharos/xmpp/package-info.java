// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.xmpp;

import org.jspecify.annotations.NullMarked;
