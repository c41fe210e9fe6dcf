// SPDX-License-Identifier: Apache-2.0
/// The agent as others on the gateway see it, on ubus.
@NullMarked
package dev.pharos.cli.ubus;

import org.jspecify.annotations.NullMarked;
