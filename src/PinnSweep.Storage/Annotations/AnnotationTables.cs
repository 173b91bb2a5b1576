using PinnSweep.Storage.Databases;
using PinnSweep.Studies.Annotations;

namespace PinnSweep.Storage.Annotations;

/// <summary>What people added to studies: tags, notes, results of others. A store that an earlier version wrote, and that is only read, has
/// none.</summary>
public sealed class AnnotationTables
{
    private readonly Connections _connections;

    internal AnnotationTables(Connections connections, TimeProvider clock)
    {
        _connections = connections;
        (Tags, Notes, External) = (new(connections, clock), new(connections, clock), new(connections));
    }

    /// <summary>Words by which studies are found.</summary>
    public TagTable Tags { get; }

    /// <summary>Notes on studies and levels.</summary>
    public NoteTable Notes { get; }

    /// <summary>Results of others.</summary>
    public ExternalTable External { get; }

    /// <summary>Everything of one study, of one moment.</summary>
    public StudyAnnotations Of(string study)
    {
        using var connection = _connections.Open();
        using var moment = _connections.BeginReading(connection);
        return AnnotationSchema.IsIn(connection)
            ? new(TagTable.Of(connection, study), NoteTable.Of(connection, study), ExternalTable.Of(connection, study))
            : StudyAnnotations.None;
    }
}
