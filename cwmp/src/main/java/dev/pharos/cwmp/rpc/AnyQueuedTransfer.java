// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// A transfer that has not been reported yet, whoever asked for it, as AllQueuedTransferStruct.
public record AnyQueuedTransfer(QueuedTransfer transfer, boolean isDownload, String fileType, TargetFile target) {}
