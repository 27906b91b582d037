# SPDX-License-Identifier: Apache-2.0
# U-Boot script: loads Xen, dom0's kernel and initramfs (if the card is to have a dom0), and what the
# domains of cfg/dom0less/ need, and describes all that to Xen in the device tree. `python3 -m tools.lab
# sdcard BOARD` fills in the words between @ signs, most from cfg/boards/BOARD.toml, and makes boot.scr.
#
# A step that fails is remembered, and Xen is not started: U-Boot's shell would simply go on.

echo "erika-xen: @TITLE@"
setenv failed
setenv part "${devtype} ${devnum}:${distro_bootpart}"
# The device tree must stay where it is: a relocated one could land where Xen puts itself.
setenv fdt_high 0xffffffff
# An old command line in the environment must not mix with the one in the device tree.
setenv bootargs

load ${part} @DTB_ADDR@ /board.dtb || setenv failed board.dtb
fdt addr @DTB_ADDR@ && fdt resize 8192 || setenv failed board.dtb
fdt set /chosen "#address-cells" <1> || setenv failed chosen
fdt set /chosen "#size-cells" <1> || setenv failed chosen
fdt set /chosen xen,xen-bootargs "@XEN_BOOTARGS@" || setenv failed xen,xen-bootargs
@REMOVE_NODES@
if test @DOM0@ = yes; then
    load ${part} @KERNEL_ADDR@ /vmlinuz || setenv failed vmlinuz
    fdt mknod /chosen module@0 || setenv failed module@0
    fdt set /chosen/module@0 compatible "xen,linux-zimage" "xen,multiboot-module" || setenv failed module@0
    fdt set /chosen/module@0 reg <@KERNEL_ADDR@ 0x${filesize}> || setenv failed module@0
    fdt set /chosen/module@0 bootargs "@DOM0_BOOTARGS@" || setenv failed module@0

    load ${part} @INITRAMFS_ADDR@ /initramfs || setenv failed initramfs
    fdt mknod /chosen module@1 || setenv failed module@1
    fdt set /chosen/module@1 compatible "xen,linux-initrd" "xen,multiboot-module" || setenv failed module@1
    fdt set /chosen/module@1 reg <@INITRAMFS_ADDR@ 0x${filesize}> || setenv failed module@1
fi

# Domains that Xen starts itself: each of their modules in board.dtb names its file.
setenv modules "@MODULES@"
setenv addr @MODULE_ADDR@
for module in ${modules}; do
    fdt get value file /chosen/${module} erika-xen,file || setenv failed ${module}
    load ${part} ${addr} /${file} || setenv failed ${file}
    fdt set /chosen/${module} reg <${addr} 0x${filesize}> || setenv failed ${module}
    setexpr addr ${addr} + @MODULE_STEP@
    setenv addr 0x${addr}
done

load ${part} @XEN_ADDR@ /xen || setenv failed xen
if test -z "${failed}"; then bootz @XEN_ADDR@ - @DTB_ADDR@; setenv failed bootz; fi
echo "erika-xen: boot failed at ${failed}, the message is above"
