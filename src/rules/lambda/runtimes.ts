/** Day on which the two tables below were true. A runtime in neither of them is one that they cannot judge. */
export const RUNTIMES_AS_OF = '2026-11-24';

/** Managed runtimes that AWS Lambda patches (AWS Lambda developer guide, "Lambda runtimes"). */
export const SUPPORTED_RUNTIMES: readonly string[] = [
  'dotnet10',
  'java11.al2023', 'java17', 'java17.al2023', 'java21', 'java25', 'java8.al2023',
  'nodejs22.x', 'nodejs24.x',
  'provided.al2023',
  'python3.11', 'python3.12', 'python3.13', 'python3.14',
  'ruby3.3', 'ruby3.4', 'ruby4.0',
];

/** Managed runtimes that AWS Lambda no longer patches, with the day that ended it (AWS Lambda developer guide, "Deprecated runtimes"). */
export const DEPRECATED_RUNTIMES: Readonly<Record<string, string>> = {
  'dotnet6': '2024-12-20',
  'dotnet8': '2026-11-10',
  'dotnetcore1.0': '2019-07-30',
  'dotnetcore2.0': '2019-05-30',
  'dotnetcore2.1': '2022-01-05',
  'dotnetcore3.1': '2023-04-03',
  'go1.x': '2024-01-08',
  'java8': '2024-01-08',
  'nodejs': '2016-10-31',
  'nodejs10.x': '2021-07-30',
  'nodejs12.x': '2023-03-31',
  'nodejs14.x': '2023-12-04',
  'nodejs16.x': '2024-06-12',
  'nodejs18.x': '2025-09-01',
  'nodejs20.x': '2026-04-30',
  'nodejs4.3': '2020-03-05',
  'nodejs4.3-edge': '2019-04-30',
  'nodejs6.10': '2019-08-12',
  'nodejs8.10': '2020-03-06',
  'provided': '2024-01-08',
  'python2.7': '2021-07-15',
  'python3.10': '2026-10-31',
  'python3.6': '2022-07-18',
  'python3.7': '2023-12-04',
  'python3.8': '2024-10-14',
  'python3.9': '2025-12-15',
  'ruby2.5': '2021-07-30',
  'ruby2.7': '2023-12-07',
  'ruby3.2': '2026-03-31',
};
