// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.server.webhook;

import org.jspecify.annotations.NullMarked;
