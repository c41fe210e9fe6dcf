# SPDX-License-Identifier: Apache-2.0
model urn:broadband-forum-org:tr-181-2-19-0

object Device. readOnly

object Device.ManagementServer. readOnly
  param KickURL readOnly string len=..2048
  param DownloadProgressURL readOnly string len=..2048
