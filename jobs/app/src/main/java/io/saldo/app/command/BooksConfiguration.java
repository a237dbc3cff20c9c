package io.saldo.app.command;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;

/** Wires everything that needs the books; the commands themselves are no beans. */
@SpringBootConfiguration
@EnableAutoConfiguration
@ComponentScan("io.saldo.app")
public class BooksConfiguration {}
