// SPDX-License-Identifier: Apache-2.0
/// The service elements behind `Device.LocalAgent.` and the device's own restarts.
@NullMarked
package dev.pharos.agent.localagent;

import org.jspecify.annotations.NullMarked;
