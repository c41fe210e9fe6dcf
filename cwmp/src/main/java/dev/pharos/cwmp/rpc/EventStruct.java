// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import dev.pharos.cwmp.EventCode;

/// A reason for an Inform.
///
/// @param commandKey of the request that has led to it, empty for most events
public record EventStruct(EventCode eventCode, String commandKey) {}
