using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;

namespace PinnSweep.Reports.Formats;

/// <summary>Whose a file in the folder of a report is.</summary>
public enum FileOwner
{
    /// <summary>There is none.</summary>
    Nobody,

    /// <summary>It is as a report left it.</summary>
    Report,

    /// <summary>A report wrote it, and somebody changed it since.</summary>
    Edited,

    /// <summary>No report wrote it.</summary>
    Others,
}

/// <summary>
/// The folder of a report. Files are written under other names and renamed when all are complete, so that a full disk or a crash leaves the
/// earlier report as it was. A list (<c>.pinnsweep-report</c>) has the report's files with their hashes. A file that the next report no
/// longer has is removed unless it was changed. Files that are not on the list are not touched.
/// </summary>
public sealed class ReportFolder : IDisposable
{
    /// <summary>Names that begin so are the folder's own.</summary>
    public const string OwnPrefix = ".pinnsweep-report";

    private const string Header = "The files of a report of PinnSweep, with their SHA-256. The next report here removes those that it does not have.";
    private readonly string _folder;
    private readonly string _aside;
    private readonly string _plan;
    private readonly ConcurrentDictionary<string, Entry> _written = new(StringComparer.Ordinal);

    private ReportFolder(string folder, string plan) =>
        (_folder, _plan, _aside) = (folder, plan, Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{OwnPrefix}.{Environment.ProcessId}.new")));

    /// <summary>Opens the folder; makes it where it is missing.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="plan">Hash of the study: files of another one are no part of the report, whatever their format.</param>
    public static ReportFolder Open(string folder, string plan)
    {
        var opened = new ReportFolder(Path.GetFullPath(folder), plan);
        Directory.CreateDirectory(opened._folder);
        foreach (var left in Directory.EnumerateDirectories(opened._folder, $"{OwnPrefix}.*.new").Where(IsLeft))
        {
            Directory.Delete(left, recursive: true);
        }

        Directory.CreateDirectory(opened._aside);
        return opened;
    }

    /// <summary>Writes a file aside; several threads may at once.</summary>
    /// <param name="name">Its path in the folder.</param>
    /// <param name="kind">What it is a part of: files of a kind that the next report does not have any more go with it.</param>
    /// <param name="write">Writes its bytes.</param>
    public void Write(string name, string kind, Action<Stream> write)
    {
        var path = Path.Combine(_aside, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var stream = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, 1 << 16);
        write(stream);
        stream.Flush();
        stream.Position = 0;
        _written[name] = new(name, kind, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }

    /// <summary>SHA-256 of what was written so far, by name.</summary>
    public ImmutableSortedDictionary<string, string> Hashes => _written.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.Sha256, StringComparer.Ordinal);

    /// <summary>Whose a file is that stands there now.</summary>
    public FileOwner OwnerOf(string name)
    {
        var path = Path.Combine(_folder, name);
        return !File.Exists(path) ? FileOwner.Nobody
            : Read().Entries.Where(entry => entry.Name == name).Select(entry => entry.Sha256).ToArray() is not [var known] ? FileOwner.Others
            : HashOf(path) == known ? FileOwner.Report : FileOwner.Edited;
    }

    /// <summary>Gives a file another name, which no file has: <c>methods.edited.tex</c>.</summary>
    public string MoveAside(string name)
    {
        var beginning = Path.Combine(Path.GetDirectoryName(name) ?? "", Path.GetFileNameWithoutExtension(name));
        for (var i = 1; ; i++)
        {
            var other = string.Create(CultureInfo.InvariantCulture, $"{beginning}.edited{(i > 1 ? $"-{i}" : "")}{Path.GetExtension(name)}");
            if (!File.Exists(Path.Combine(_folder, other)))
            {
                File.Move(Path.Combine(_folder, name), Path.Combine(_folder, other));
                return other;
            }
        }
    }

    /// <summary>Has all files take their places, and removes what an earlier report left and this one does not have.</summary>
    /// <returns>The names in their order.</returns>
    public ImmutableArray<string> Complete()
    {
        var (plan, before) = Read();
        var formats = _written.Values.Select(entry => entry.Format).ToHashSet(StringComparer.Ordinal);
        var others = before.Where(entry => !_written.ContainsKey(entry.Name)).ToArray();
        var stale = others.Where(entry => plan != _plan || formats.Contains(entry.Format)).ToArray();
        ImmutableArray<string> names = [.. _written.Keys.Order(StringComparer.Ordinal)];

        // A crash before the second list is saved may leave old and new files side by side. The first list has them all.
        Save(plan ?? _plan, [.. others, .. _written.Values]);
        foreach (var name in names)
        {
            var path = Path.Combine(_folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Move(Path.Combine(_aside, name), path, overwrite: true);
        }

        foreach (var entry in stale)
        {
            Remove(entry);
        }

        Save(_plan, [.. others.Except(stale), .. _written.Values]);
        return names;
    }

    /// <summary>Removes what was written aside and did not take its place.</summary>
    public void Dispose()
    {
        try
        {
            Directory.Delete(_aside, recursive: true);
        }
        catch (IOException)
        {
            // The next report here removes it.
        }
    }

    private static bool IsLeft(string aside) =>
        !int.TryParse(Path.GetFileName(aside)[(OwnPrefix.Length + 1)..^".new".Length], NumberStyles.None, CultureInfo.InvariantCulture, out var process)
        || process == Environment.ProcessId || !Directory.Exists(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}"));

    private void Remove(Entry entry)
    {
        var path = Path.GetFullPath(entry.Name, _folder);
        if (!path.StartsWith(_folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) || !File.Exists(path) || File.ResolveLinkTarget(path, returnFinalTarget: false) is not null || HashOf(path) != entry.Sha256)
        {
            return;
        }

        File.Delete(path);
        for (var below = Path.GetDirectoryName(path)!; below != _folder && !Directory.EnumerateFileSystemEntries(below).Any(); below = Path.GetDirectoryName(below)!)
        {
            Directory.Delete(below);
        }
    }

    private static string HashOf(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private (string? Plan, ImmutableArray<Entry> Entries) Read()
    {
        var path = Path.Combine(_folder, OwnPrefix);
        if (!File.Exists(path))
        {
            return (null, []);
        }

        var lines = File.ReadAllLines(path);
        return lines is [Header, var plan, ..]
            ? (plan, [.. lines.Skip(2).Select(line => line.Split(' ', 3)).Where(parts => parts.Length == 3).Select(parts => new Entry(parts[2], parts[1], parts[0]))])
            : (null, []);
    }

    private void Save(string plan, IEnumerable<Entry> entries)
    {
        var path = Path.Combine(_folder, OwnPrefix);
        var aside = path + ".new";
        File.WriteAllText(aside, string.Concat(new[] { Header, plan }.Concat(entries.OrderBy(entry => entry.Name, StringComparer.Ordinal).Select(entry => $"{entry.Sha256} {entry.Format} {entry.Name}")).Select(line => line + "\n")));
        File.Move(aside, path, overwrite: true);
    }

    private sealed record Entry(string Name, string Format, string Sha256);
}
