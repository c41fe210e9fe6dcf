// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.message;

/// The answer to a [Request] that was carried out, in whole or as far as the message says.
public sealed interface Response extends Body
        permits GetResponse,
                SetResponse,
                AddResponse,
                DeleteResponse,
                OperateResponse,
                GetInstancesResponse,
                GetSupportedDmResponse,
                GetSupportedProtocolResponse,
                NotifyResponse,
                RegisterResponse,
                DeregisterResponse {}
