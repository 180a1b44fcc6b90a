/** Public halves of pairs that `ssh-keygen` made for these tests; the private ones are gone. */
export const ED25519 = [
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKYtHdX6n0kfZ30JCP98YnxLuNmUwAkEb7CtrXHu5aRa partner1@example.com',
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK51jw9KvChBxiJZIPc+yENI3d+AzdQn8X4QJrI9RZDD partner2@example.com',
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIM+Jc+e1Xa9tL+KUAQmqsgeWGjR9GeC5GwnV1rqoJ0Y0 partner3@example.com',
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIyxzIdEHPFrhMPq4ZOalaEuD228aB+5LPGG2YF/re/W partner4@example.com',
] as const;

export const ECDSA = 'ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBINPoX2m/Wy/IVWCIBEdWnWgT4OO9sPtMH4SWmIVyi5nwBOkwUEt8vdKWgZYlfj3'
  + 'Bcmie/9DNAx/AgwyTYEQWuDLHN6ZH+mJLA6uC8IC81q8BRsdEFv9F7FmRDyWGafo1Q== globex@example.com';

/** RSA of 2048 bits. */
export const WEAK_RSA = 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCwNQXlNlpIvSZLM5viB0JgANmCniuXfnrBgOiogva8226e3gOa8OJcYmOQayyQa0W3XCNow+bpM1S+aTh5YgVjcVqc2X6l'
  + 'S7vwwtoFGqJ5MgzDD9SAVl7exkRmjAcG6wuXpgSC7FsV+vtdko41nAjK3zENl+S58B8fpGHuGTBa2m8wpVEiXYIgWb+fsZ+PxslSRrvplhVxLc37tWzfkVnj1jWM92efjhetNRta7vL/siyn7L8n'
  + 'kw1A+LzjwFQhizZwG/Xa7OGrm9Vv/Oad1QGhV0Y8Hs95WQNAbE6LkOy863+I7WgKV0DOyPPII88SySsNnAXO0bM65MDf+tpR3x0L weak@example.com';
