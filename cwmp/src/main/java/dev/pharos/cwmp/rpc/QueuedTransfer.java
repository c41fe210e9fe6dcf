// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// A transfer that the ACS has asked for and that has not been reported yet, as QueuedTransferStruct.
public record QueuedTransfer(String commandKey, TransferState state) {}
