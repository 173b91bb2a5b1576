using System.Data.Common;
using PinnSweep.Storage.Databases;
using PinnSweep.Storage.Schema;

namespace PinnSweep.Storage.Annotations;

/// <summary>Whether a store has the tables yet.</summary>
internal static class AnnotationSchema
{
    public static bool IsIn(DbConnection connection) =>
        connection.Scalar<long>("select max(version) from schema_version") >= SchemaVersions.SinceAnnotations;
}
