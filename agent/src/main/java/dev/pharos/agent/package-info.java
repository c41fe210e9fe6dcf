// SPDX-License-Identifier: Apache-2.0
/// The USP Agent: [dev.pharos.agent.UspAgent] puts a device's service elements behind the messages of TR-369.
@NullMarked
package dev.pharos.agent;

import org.jspecify.annotations.NullMarked;
