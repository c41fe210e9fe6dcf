// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// What an operation on a deployment unit has led to, as OpResultStruct.
///
/// @param resolved whether all that the unit depends on is there
/// @param executionUnitRefList the rows of its execution units, with commas between
public record DuResult(
        DuIdentity unit,
        DuState currentState,
        boolean resolved,
        String executionUnitRefList,
        TransferOutcome outcome) {}
