// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// Where a user's browser is sent after a download that it waits for; mostly both are empty.
public record ResultPages(String successUrl, String failureUrl) {}
