// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.server.openid;

import org.jspecify.annotations.NullMarked;
