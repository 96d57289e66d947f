#![no_main]

mod shared;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let (files, _) = truedown::import::unpack(&"files.zip".into(), bytes);
    for file in files {
        let mut content = Vec::new();
        if file.content.open().is_ok_and(|mut open| open.read_to_end(&mut content).is_ok()) {
            shared::read(&file.name, &content);
        }
    }
});
