// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// What an envelope says: a method that is called, or what came of one.
public sealed interface Body permits Request, Answer {}
