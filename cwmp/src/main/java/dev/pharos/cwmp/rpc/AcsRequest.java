// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// What an ACS calls on a CPE.
public sealed interface AcsRequest<R extends Response> extends Request<R>
        permits GetRpcMethods,
                SetParameterValues,
                GetParameterValues,
                GetParameterNames,
                SetParameterAttributes,
                GetParameterAttributes,
                AddObject,
                DeleteObject,
                Download,
                Upload,
                ScheduleDownload,
                CancelTransfer,
                Reboot,
                FactoryReset,
                ScheduleInform,
                GetQueuedTransfers,
                GetAllQueuedTransfers,
                ChangeDuState,
                SetVouchers,
                GetOptions,
                UnknownRequest {}
