// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// What comes of a [Request]: its response, or that it failed.
public sealed interface Answer extends Body permits Response, CwmpFault {}
