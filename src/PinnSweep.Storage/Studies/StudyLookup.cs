namespace PinnSweep.Storage.Studies;

/// <summary>A study as people name it: by name, by hash, or by the beginning of a hash.</summary>
/// <param name="Study">The study; null where there is none, or more than one.</param>
/// <param name="IsAmbiguous">The hashes of several studies begin so.</param>
public readonly record struct StudyLookup(StoredStudy? Study, bool IsAmbiguous)
{
    /// <summary>Fewer digits of a hash name nothing.</summary>
    public const int ShortestPrefix = 6;

    /// <summary>Looks for it. Of several studies of one name it is the newest.</summary>
    public static StudyLookup Of(IStudyStore studies, string id)
    {
        if (studies.Find(id) is { } found)
        {
            return new(found, false);
        }

        var alike = id.Length >= ShortestPrefix && id.All(char.IsAsciiHexDigit) ? studies.FindByPrefix(id.ToLowerInvariant()) : [];
        return new(alike.Length == 1 ? alike[0] : null, alike.Length > 1);
    }
}
