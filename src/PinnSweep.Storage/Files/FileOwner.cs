using System.Runtime.InteropServices;

namespace PinnSweep.Storage.Files;

/// <summary>What the system knows of a path.</summary>
/// <param name="User">The user it belongs to.</param>
/// <param name="Mode">Kind and permissions, as <c>st_mode</c>.</param>
/// <param name="Node">Its number in its file system.</param>
internal readonly record struct FileOwner(uint User, uint Mode, ulong Node)
{
    private const uint KindMask = 0xF000;
    private const uint LinkKind = 0xA000;
    private const uint FolderKind = 0x4000;
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint BasicFields = 0x7ff;

    /// <summary>The user that this process acts for.</summary>
    public static uint Self { get; } = OperatingSystem.IsWindows() ? 0 : EffectiveUser();

    public bool IsLink => (Mode & KindMask) == LinkKind;

    public bool IsFolder => (Mode & KindMask) == FolderKind;

    /// <summary>Whether it is this user's or the machine's own.</summary>
    public bool IsTrusted => User == Self || User == 0;

    public UnixFileMode Permissions => (UnixFileMode)(Mode & 0xFFF);

    /// <summary>
    /// Null where nothing is, or where the system does not tell: Linux alone has a call whose answer has the same layout on every
    /// processor.
    /// </summary>
    public static FileOwner? Of(string path, bool followsLinks = false)
    {
        try
        {
            return OperatingSystem.IsLinux() && Look(CurrentFolder, path, followsLinks ? 0 : NoFollow, BasicFields, out var told) == 0
                ? new(told.User, told.Mode, told.Node)
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library from before 2018.
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Look(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint fields, out Told told);

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint EffectiveUser();

    /// <summary>The part of <c>struct statx</c> that is asked for.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Told
    {
        [FieldOffset(20)]
        public uint User;

        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Node;
    }
}
