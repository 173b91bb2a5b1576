using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace PinnSweep.Storage.Databases;

/// <summary>Single statements with positional parameters <c>$1, $2, …</c>.</summary>
internal static class Commands
{
    public static int Execute(this DbConnection connection, string sql, params object?[] values)
    {
        using var command = connection.Prepare(sql, values);
        return command.ExecuteNonQuery();
    }

    public static T? Scalar<T>(this DbConnection connection, string sql, params object?[] values)
    {
        using var command = connection.Prepare(sql, values);
        return command.ExecuteScalar() is T value ? value : default;
    }

    public static List<T> Query<T>(this DbConnection connection, string sql, Func<DbDataReader, T> read, params object?[] values)
    {
        using var command = connection.Prepare(sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public static DbCommand Prepare(this DbConnection connection, string sql, params object?[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            if (command is SqliteCommand)
            {
                // PostgreSQL's driver counts parameters without a name; SQLite's knows them by name only.
                parameter.ParameterName = $"${i + 1}";
            }

            parameter.Value = values[i] ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
