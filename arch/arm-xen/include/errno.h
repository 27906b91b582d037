/* SPDX-License-Identifier: Apache-2.0
 *
 * Error numbers of the guest. They are Xen's (xen/errno.h) and Linux's, not newlib's: what a hypercall, the
 * xenstore and dom0's module mean by a number must be what the code here means by it.
 */
#ifndef ERRNO_H
#define ERRNO_H

#define EPERM      1
#define ENOENT     2
#define ESRCH      3
#define EIO        5
#define ENXIO      6
#define E2BIG      7
#define EAGAIN     11
#define ENOMEM     12
#define EACCES     13
#define EFAULT     14
#define EBUSY      16
#define EEXIST     17
#define ENODEV     19
#define EISDIR     21
#define EINVAL     22
#define ENOSPC     28
#define EROFS      30
#define ENOSYS     38
#define ENODATA    61
#define EPROTO     71
#define EBADMSG    74
#define EOVERFLOW  75
#define EMSGSIZE   90
#define EOPNOTSUPP 95
#define ECONNRESET 104
#define EISCONN    106
#define ENOTCONN   107
#define ESHUTDOWN  108
#define ETIMEDOUT  110

#endif
