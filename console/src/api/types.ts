// SPDX-License-Identifier: Apache-2.0
// The only file that names the document's schemas: the pages import these.
import type { components } from './generated';

type Schemas = components['schemas'];

export type Device = Schemas['Device'];
export type Facets = Schemas['Facets'];
export type Group = Schemas['Group'];
export type Session = Schemas['Session'];
export type Summary = Schemas['Summary'];
export type Problem = Schemas['Problem'];
export type TwinItem = Schemas['TwinItem'];
export type PharosEvent = Schemas['Event'];
export type EventKind = PharosEvent['kind'];
export type Subscription = Schemas['Subscription'];
export type SupportedObject = Schemas['SupportedObject'];
export type SupportedParam = Schemas['SupportedParam'];
export type SupportedCommand = Schemas['SupportedCommand'];
export type SupportedEvent = Schemas['SupportedEvent'];
export type ValueType = SupportedParam['valueType'];
export type ParamSetting = Schemas['ParamSetting'];
export type GetAnswer = Schemas['GetAnswer'];
export type SetRequest = Schemas['SetRequest'];
export type SetAnswer = Schemas['SetAnswer'];
export type AddRequest = Schemas['AddRequest'];
export type AddAnswer = Schemas['AddAnswer'];
export type DeleteAnswer = Schemas['DeleteAnswer'];
export type OperateRequest = Schemas['OperateRequest'];
export type OperationResult = Schemas['OperationResult'];
export type InstancesAnswer = Schemas['InstancesAnswer'];
export type WireEntry = Schemas['WireEntry'];
export type RefusedPeer = Schemas['RefusedPeer'];
export type Job = Schemas['Job'];
export type JobBody = Schemas['JobBody'];
export type JobStep = Schemas['JobStep'];
export type JobCounts = Schemas['JobCounts'];
export type JobTarget = Schemas['JobTarget'];
export type JobTargetState = JobTarget['state'];
export type JobResult = Schemas['JobResult'];
export type Right = Session['rights'][number];
export type User = Schemas['User'];
export type Role = User['role'];
export type Token = Schemas['Token'];
export type OpenSession = Schemas['OpenSession'];
export type AuditEntry = Schemas['AuditEntry'];
