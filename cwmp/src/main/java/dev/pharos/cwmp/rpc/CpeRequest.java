// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// What a CPE calls on an ACS.
public sealed interface CpeRequest<R extends Response> extends Request<R>
        permits Inform,
                GetRpcMethods,
                TransferComplete,
                AutonomousTransferComplete,
                DuStateChangeComplete,
                AutonomousDuStateChangeComplete,
                RequestDownload,
                Kicked,
                UnknownRequest {}
