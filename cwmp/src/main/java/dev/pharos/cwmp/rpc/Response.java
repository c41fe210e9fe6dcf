// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// The answer to a [Request] that was carried out or accepted.
public sealed interface Response extends Answer
        permits AddObjectResponse,
                AutonomousDuStateChangeCompleteResponse,
                AutonomousTransferCompleteResponse,
                CancelTransferResponse,
                ChangeDuStateResponse,
                DeleteObjectResponse,
                DownloadResponse,
                DuStateChangeCompleteResponse,
                FactoryResetResponse,
                GetAllQueuedTransfersResponse,
                GetOptionsResponse,
                GetParameterAttributesResponse,
                GetParameterNamesResponse,
                GetParameterValuesResponse,
                GetQueuedTransfersResponse,
                GetRpcMethodsResponse,
                InformResponse,
                KickedResponse,
                RebootResponse,
                RequestDownloadResponse,
                ScheduleDownloadResponse,
                ScheduleInformResponse,
                SetParameterAttributesResponse,
                SetParameterValuesResponse,
                SetVouchersResponse,
                TransferCompleteResponse,
                UnknownResponse,
                UploadResponse {
    /// The name of the method that it answers.
    String method();
}
