// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import dev.pharos.cwmp.CwmpTime;

/// How and when a transfer or an operation on software has ended.
public record TransferOutcome(FaultStruct fault, CwmpTime startTime, CwmpTime completeTime) {}
