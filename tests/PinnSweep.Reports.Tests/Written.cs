using System.Text;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Tidy;

namespace PinnSweep.Reports.Tests;

/// <summary>What formats write into a stream, as tests look at it.</summary>
internal static class Written
{
    public static string Json(StudyReport report) => Encoding.UTF8.GetString(Of(stream => JsonFormat.Write(report, stream)));

    public static byte[] Parquet(StudyReport report) => Of(stream => ParquetFormat.Write(report, stream));

    public static byte[] Tidy(StudyReport report) => Of(stream => TidyFormat.Parquet(TidyTable.Of(report), stream));

    private static byte[] Of(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }
}
