// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.message;

/// What a Message says: a request, the response to one, or that the request as a whole failed.
public sealed interface Body permits Request, Response, UspError {}
