using System.Collections.Immutable;
using System.Text;
using PinnSweep.Problems.ProblemFiles;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Planning;

/// <summary>
/// The files that a study may name: those in the folder of the study file, and nothing outside of it, links included, but in folders that
/// the user allows. Each is read once, and what was read is kept, so that plan and store speak of the same text.
/// </summary>
internal sealed class StudyTexts
{
    private const int MaximumBytes = 1 << 20;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly string? _folder;
    private readonly ImmutableArray<string> _allowed;
    private readonly SortedDictionary<string, string> _known = new(StringComparer.Ordinal);

    private StudyTexts(string? folder, params ImmutableArray<string> allowed)
    {
        _folder = folder;
        _allowed = allowed;
    }

    /// <summary>No files: a built-in study, or a level on the command line that is no file.</summary>
    public static StudyTexts None => new(null);

    /// <summary>What was read so far, by path.</summary>
    public IReadOnlyDictionary<string, string> Known => _known;

    /// <summary>The folder of a file.</summary>
    public static StudyTexts Beside(string file) => Beside(file, []);

    /// <summary>The folder of a file, and others.</summary>
    /// <param name="file">The study file or problem file.</param>
    /// <param name="allowed">Folders as the command line names them.</param>
    /// <exception cref="UserMistakeException">One of them is no folder.</exception>
    public static StudyTexts Beside(string file, IEnumerable<string> allowed) => new(Path.GetDirectoryName(Path.GetFullPath(file))!, [.. allowed.Select(Allowed)]);

    /// <summary>The files as a store keeps them.</summary>
    public static StudyTexts Stored(IEnumerable<(string Path, string Text)> files)
    {
        var texts = new StudyTexts(null);
        foreach (var (path, text) in files)
        {
            texts._known[path] = text;
        }

        return texts;
    }

    /// <summary>The text of a file that the study names.</summary>
    /// <exception cref="UserMistakeException">It is outside the folder, or cannot be read.</exception>
    public string Of(string path)
    {
        if (_known.TryGetValue(path, out var known))
        {
            return known;
        }

        if (_folder is null)
        {
            throw new UserMistakeException($"{NearestMatch.Quote(path)}: only a study that is a file itself can name files, those beside it");
        }

        var file = Within(path);
        return _known[path] = IsLarge(file) ? LargeTables.Keep(Read(file, LargeTables.MaximumBytes, "table"), path) : Read(file, MaximumBytes, "file of a study");
    }

    /// <summary>The text of any file; of a Parquet table the same as comma-separated values.</summary>
    /// <exception cref="UserMistakeException">It is too long, no UTF-8, or cannot be read.</exception>
    public static string Read(string path, long maximumBytes, string what)
    {
        try
        {
            var length = new FileInfo(path).Length;
            return length <= maximumBytes
                ? ParquetText.IsFor(path) ? ParquetText.Of(path, File.ReadAllBytes(path)) : StrictUtf8.GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF')
                : throw new UserMistakeException($"{path}: has {length} bytes; a {what} has at most {maximumBytes}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException($"{path}: cannot be read: {failure.Message}", failure);
        }
        catch (DecoderFallbackException failure)
        {
            throw new UserMistakeException($"{path}: is no UTF-8 text", failure);
        }
    }

    /// <summary>A table of measured values, of which the study keeps a hash.</summary>
    private static bool IsLarge(string path) => new FileInfo(path).Length > MaximumBytes && Path.GetExtension(path).ToLowerInvariant() is not (".yaml" or ".yml" or ".json");

    private static string Allowed(string folder) => folder.Length > 0 && Directory.Exists(folder)
        ? Path.GetFullPath(folder)
        : throw new UserMistakeException($"--allow-folder {folder}: is no folder");

    private string Within(string path)
    {
        var folder = _folder!;
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal) || Path.IsPathRooted(path))
        {
            throw new UserMistakeException($"{NearestMatch.Quote(path)}: expected a path relative to the study file, inside its folder");
        }

        var full = Path.GetFullPath(path, folder);
        if (Around(full, folder => folder) is not { } around)
        {
            // The nearest folder that makes it right, whether the file is there or not.
            throw new UserMistakeException($"{NearestMatch.Quote(path)}: lies outside {folder}, the folder of the study file; --allow-folder {Path.GetDirectoryName(full)} lets it be read");
        }

        if (!File.Exists(full))
        {
            throw new UserMistakeException($"{NearestMatch.Quote(path)}: there is no such file in {around}");
        }

        var real = Real(full);
        return Around(real, Real) is not null
            ? real
            : throw new UserMistakeException($"{NearestMatch.Quote(path)}: is a link to a place outside {around}; --allow-folder {Path.GetDirectoryName(real)} lets it be read");
    }

    /// <summary>The folder that a path may be read in; null where there is none.</summary>
    private string? Around(string path, Func<string, string> seen) => _allowed.Prepend(_folder!).FirstOrDefault(folder => IsInside(seen(folder), path));

    private static bool IsInside(string folder, string path) => path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>The path with every link on the way followed.</summary>
    private static string Real(string path)
    {
        var real = Path.GetPathRoot(path)!;
        foreach (var part in path[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, part);
            FileSystemInfo entry = Directory.Exists(next) ? new DirectoryInfo(next) : new FileInfo(next);
            real = entry.LinkTarget is null ? next : Real(entry.ResolveLinkTarget(returnFinalTarget: true)!.FullName);
        }

        return real;
    }
}
