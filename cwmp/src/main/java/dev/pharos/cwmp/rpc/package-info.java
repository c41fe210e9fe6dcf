// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.cwmp.rpc;

import org.jspecify.annotations.NullMarked;
